/** Where cleaned photos and videos are kept: a folder, or an S3-compatible service. */
@org.jspecify.annotations.NullMarked
package linge.media.store;
