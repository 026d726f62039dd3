/** Live pages: server-sent events that resume where they broke off. */
@org.jspecify.annotations.NullMarked
package linge.live;
