/** Who is signed in: sessions of residents and staff, kept in the database. */
@org.jspecify.annotations.NullMarked
package linge.sessions;
