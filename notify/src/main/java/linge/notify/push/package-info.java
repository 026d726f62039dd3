/**
 * Web Push: messages to the phones and computers people asked to be told on, through the push services of their browsers
 * (RFC 8030), sealed so that only the device reads them (RFC 8291), signed so that only we can send them (RFC 8292).
 */
@org.jspecify.annotations.NullMarked
package linge.notify.push;
