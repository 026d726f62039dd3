/** Photos and short videos of residents and staff: taken in, cleaned of every trace, kept, shown, swept. */
@org.jspecify.annotations.NullMarked
package linge.media;
