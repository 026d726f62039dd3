import { zhCN } from './zh-CN'

type Words = typeof zhCN
type Leaves<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaves<T[K], `${P}${K}.`>
}[keyof T & string]

/** A key of the words: an unknown one does not compile. */
export type Key = Leaves<Words>

/** The words for a key, with `{name}` filled in. */
export function t(key: Key, fill: Record<string, string | number> = {}): string {
  let found: unknown = zhCN
  for (const part of key.split('.')) found = (found as Record<string, unknown>)[part]
  return String(found).replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole))
}
