import type { Citation } from '@/api/types'
import { t } from '@/locales'

/** A citation as people read it: 《劳动合同法》第30条; “287之一” is 第287条之一. */
export function nameOf({ label, law, article }: Pick<Citation, 'label' | 'law' | 'article'>): string {
  // A label without its 条 is only the number once more.
  return label?.includes('条') ? label : t('legal.cite.name', { law, article: article.replace(/^(\d+)(之.+)?$/, (_, number: string, of = '') => `第${number}条${of}`) })
}

/** Where an article is read; the card leads back from it. */
export function pathOf({ law, article }: Pick<Citation, 'law' | 'article'>): string {
  return `/legal/articles/${encodeURIComponent(law)}/${encodeURIComponent(article)}`
}

/** “2026 年 1 月 1 日” of “2026-01-01”. */
export function dayInWords(day: string): string {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number)
  return t('legal.day', { year: year ?? 0, month: month ?? 0, day: date ?? 0 })
}

/** Yuan as people write them, “１，２００元”, as the service takes them; undefined for what is no amount. */
export function yuanOf(words: string): string | undefined {
  const number = words.normalize('NFKC').replace(/[,，\s元块]/g, '')
  return /^\d{1,9}(\.\d{1,2})?$/.test(number) ? number : undefined
}
