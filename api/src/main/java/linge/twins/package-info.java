/** Several reports of one matter: found, shown side by side, merged and split. */
@org.jspecify.annotations.NullMarked
package linge.twins;
