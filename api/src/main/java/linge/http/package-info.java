/** HTTP without feature words: the contract, its calls and answers, problems. */
@org.jspecify.annotations.NullMarked
package linge.http;
