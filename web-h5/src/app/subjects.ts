/** Where a notice leads by what it is about: a case, a conversation that a person answered, a whistle, an evaluation, a mediation, an application for legal aid, another system, or nothing in particular. */
export function pageOf(subject: string, staff: boolean): string {
  const home = staff ? '/staff' : ''
  if (!subject) return `${home}/inbox`
  if (staff && subject.startsWith('webhook:')) return `${home}/systems`
  if (subject.startsWith('whistle:')) return `/staff/whistles/${encodeURIComponent(subject.slice(8))}`
  if (subject.startsWith('evaluation:')) return `/staff/evaluation?period=${encodeURIComponent(subject.slice(11))}`
  if (subject.startsWith('mediation:')) return `${home}/mediations/${encodeURIComponent(subject.slice(10))}`
  if (subject.startsWith('legal-aid:')) return `/staff/aid/${encodeURIComponent(subject.slice(10))}`
  if (!subject.startsWith('chat:')) return `${home}/cases/${encodeURIComponent(subject)}`
  return staff ? `${home}/talks/${encodeURIComponent(subject.slice(5))}` : '/chat'
}
