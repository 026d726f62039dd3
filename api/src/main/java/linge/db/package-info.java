/** The database: embedded or your own, migrated and pooled. */
@org.jspecify.annotations.NullMarked
package linge.db;
