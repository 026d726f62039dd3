/** 中心吹哨、部门报到: a centre calls departments to a case, they report in on site, conclude together, and the centre closes it. */
@org.jspecify.annotations.NullMarked
package linge.whistle;
