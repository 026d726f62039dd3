/** Cases: the six-step life from filing to archive. */
@org.jspecify.annotations.NullMarked
package linge.cases;
