/** People's mediation: disputes, their parties and committees, agreements and what becomes of them. */
@org.jspecify.annotations.NullMarked
package linge.mediation;
