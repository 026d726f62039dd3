/** SMS through real carriers: several providers in order, what their answers mean, and their status reports. */
@org.jspecify.annotations.NullMarked
package linge.notify.sms;
