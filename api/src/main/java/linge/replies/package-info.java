/** Answers before they go out: they are read, let pass by a supervisor where somebody asks, and begun with templates. */
@org.jspecify.annotations.NullMarked
package linge.replies;
