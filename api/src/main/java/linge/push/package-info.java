/** Web Push: devices that asked to be told, from the page's request to the channel that tells them. */
@org.jspecify.annotations.NullMarked
package linge.push;
