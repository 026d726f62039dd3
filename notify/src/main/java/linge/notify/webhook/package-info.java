/** Telling other systems: CloudEvents over HTTP, signed as Standard Webhooks, one line per receiver. */
@org.jspecify.annotations.NullMarked
package linge.notify.webhook;
