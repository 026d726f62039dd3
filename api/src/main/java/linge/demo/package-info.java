/** Demo mode: a city to try things in, its staff, its SMS. */
@org.jspecify.annotations.NullMarked
package linge.demo;
