/** Makes an upload anew, so that nothing but picture and sound is left of it. Pure Java, blocking, no SQL, no HTTP. */
@org.jspecify.annotations.NullMarked
package linge.media.clean;
