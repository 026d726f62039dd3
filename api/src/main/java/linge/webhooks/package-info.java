/** Other systems of the city: told of cases by webhook, and bringing reports that become cases. */
@org.jspecify.annotations.NullMarked
package linge.webhooks;
