/** How residents want to be told, and the desk of those who see to it that notices arrive. */
@org.jspecify.annotations.NullMarked
package linge.notices;
