import type { ChatCard } from '@/api/types'
import { momentInWords } from '@/app/time'
import { t } from '@/locales'

export interface Fact {
  label: string
  /** Several values of one name, as papers have, are lines of one fact. */
  values: string[]
}

const LABELS = ['text', 'what', 'where', 'since', 'danger', 'photos', 'phone', 'mediation', 'holder', 'due', 'answer', 'lastWords', 'filedAt', 'verdict', 'reason', 'paper', 'article', 'route'] as const
type Named = (typeof LABELS)[number]
const isNamed = (name: string): name is Named => (LABELS as readonly string[]).includes(name)

/** What a card knows, in a resident's words: nothing that says no, no codes. */
export function factsOf(card: ChatCard): Fact[] {
  const facts: Fact[] = []
  for (const { name, value } of card.facts ?? []) {
    const said = wordsOf(name, value)
    if (!said) continue
    const label = name === 'anonymous' || name === 'confidential' ? t('chat.fact.sign') : isNamed(name) ? t(`chat.fact.${name}`) : undefined
    if (!label) continue
    const known = facts.find((fact) => fact.label === label)
    if (known) known.values.push(said)
    else facts.push({ label, values: [said] })
  }
  return facts
}

function wordsOf(name: string, value: string): string | undefined {
  switch (name) {
    case 'danger':
      return value === 'true' ? t('chat.value.danger') : undefined
    case 'anonymous':
      return value === 'true' ? t('chat.value.anonymous') : undefined
    case 'confidential':
      return value === 'true' ? t('chat.value.confidential') : undefined
    case 'mediation':
      return value === 'true' ? t('chat.value.mediation') : undefined
    case 'photos':
      return Number(value) > 0 ? t('chat.value.photos', { n: value }) : undefined
    case 'due':
      return t('chat.value.due', { at: momentInWords(value) })
    case 'filedAt':
      return momentInWords(value)
    default:
      return value.trim() || undefined
  }
}
