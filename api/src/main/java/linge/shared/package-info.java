/** Words every feature speaks: who asks, what is refused, what an area is. */
@org.jspecify.annotations.NullMarked
package linge.shared;
