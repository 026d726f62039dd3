/** A year of a city in accelerated time, against the real database and platforms that count what they are sent. */
package linge.notify.simulation;
