/** A case number in groups of four, as people read numbers aloud. Its own dashes win. */
export function inGroups(number: string): string {
  if (/[-\s]/.test(number)) return number.replace(/[-\s]+/g, ' ')
  return number.replace(/(.{4})(?=.)/g, '$1 ')
}
