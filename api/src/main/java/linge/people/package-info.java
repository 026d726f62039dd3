/** Signing in and out, and one's own data: residents and staff behind one door. */
@org.jspecify.annotations.NullMarked
package linge.people;
