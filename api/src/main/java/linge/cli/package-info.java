/** The command line: serve, import, first administrator, self-test. */
@org.jspecify.annotations.NullMarked
package linge.cli;
