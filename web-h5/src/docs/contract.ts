import { t } from '@/locales'

/** The parts of an OpenAPI 3.1 document that a reader wants to see. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  description?: string
  format?: string
  pattern?: string
  enum?: unknown[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  allOf?: Schema[]
  oneOf?: Schema[]
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  maxItems?: number
}
interface Parameter {
  $ref?: string
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: Schema
}
type Content = Record<string, { schema?: Schema }>
interface Body {
  $ref?: string
  description?: string
  required?: boolean
  content?: Content
}
interface RawOperation {
  operationId: string
  tags?: string[]
  summary?: string
  description?: string
  security?: unknown[]
  parameters?: Parameter[]
  requestBody?: Body
  responses?: Record<string, Body>
}
export interface Contract {
  info: { title: string; version: string; summary?: string; description?: string }
  tags?: { name: string; description?: string }[]
  paths: Record<string, Record<string, RawOperation>>
  components?: Record<string, Record<string, unknown>>
}

export interface Field {
  name: string
  schema: Schema
  required: boolean
}
export interface Operation {
  id: string
  method: string
  path: string
  summary: string
  description: string
  signedIn: boolean
  parameters: (Parameter & { schema: Schema })[]
  body: { type: string; schema: Schema } | undefined
  answers: { status: string; description: string; type: string | undefined; schema: Schema | undefined }[]
}
export interface Group {
  name: string
  title: string
  operations: Operation[]
}

/** Follows one reference inside the document; what is no reference is itself. */
export function resolve<T extends { $ref?: string }>(contract: Contract, value: T): T {
  if (!value.$ref) return value
  let found: unknown = contract
  for (const part of value.$ref.replace(/^#\//, '').split('/')) found = (found as Record<string, unknown> | undefined)?.[part]
  if (found === undefined) throw new Error(`the contract has no ${value.$ref}`)
  return resolve(contract, found as T)
}

export function groupsOf(contract: Contract): Group[] {
  const groups = (contract.tags ?? []).map(({ name, description }): Group => ({ name, title: description ?? name, operations: [] }))
  for (const [path, methods] of Object.entries(contract.paths)) {
    for (const [method, raw] of Object.entries(methods)) {
      const tag = raw.tags?.[0] ?? ''
      let group = groups.find(({ name }) => name === tag)
      if (!group) groups.push((group = { name: tag, title: tag, operations: [] }))
      group.operations.push(operationOf(contract, path, method, raw))
    }
  }
  return groups.filter(({ operations }) => operations.length > 0)
}

function operationOf(contract: Contract, path: string, method: string, raw: RawOperation): Operation {
  const body = raw.requestBody && firstOf(resolve(contract, raw.requestBody).content)
  return {
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    summary: raw.summary ?? '',
    description: raw.description ?? '',
    signedIn: (raw.security?.length ?? 0) > 0,
    parameters: (raw.parameters ?? []).map((one) => resolve(contract, one)).map((one) => ({ ...one, schema: one.schema ?? {} })),
    body: body?.schema && { type: body.type, schema: body.schema },
    answers: Object.entries(raw.responses ?? {}).map(([status, one]) => {
      const answer = resolve(contract, one)
      return { status, description: answer.description ?? '', type: firstOf(answer.content)?.type, schema: firstOf(answer.content)?.schema }
    }),
  }
}

function firstOf(content: Content | undefined): { type: string; schema: Schema | undefined } | undefined {
  const first = Object.entries(content ?? {})[0]
  return first && { type: first[0], schema: first[1].schema }
}

/** What may be opened below a value: the fields of an object, of a list's members, or of the one shape that is not null. */
export function fieldsOf(contract: Contract, schema: Schema): Field[] {
  const found = resolve(contract, schema)
  const parts = found.allOf ?? (found.oneOf?.filter((one) => one.type !== 'null') ?? []).slice(0, 1)
  const own = Object.entries(found.properties ?? {}).map(([name, one]) => ({ name, schema: one, required: found.required?.includes(name) ?? false }))
  return [...parts.flatMap((one) => fieldsOf(contract, one)), ...own, ...(found.items ? fieldsOf(contract, found.items) : [])]
}

/** “文本”, “列表〈CaseSummary〉”, “Category 或空”. */
export function typeInWords(contract: Contract, schema: Schema): string {
  if (schema.$ref) {
    const found = resolve(contract, schema)
    const simple = !found.properties && !found.allOf && !found.oneOf
    return simple ? typeInWords(contract, found) : schema.$ref.split('/').pop()!
  }
  if (schema.oneOf) return [...new Set(schema.oneOf.map((one) => typeInWords(contract, one)))].sort(nullLast).join(t('docs.or'))
  if (Array.isArray(schema.type)) return schema.type.map((one) => typeInWords(contract, { ...schema, type: one })).sort(nullLast).join(t('docs.or'))
  if (schema.type === 'array') return t('docs.list', { of: schema.items ? typeInWords(contract, schema.items) : t('docs.types.any') })
  if (schema.format === 'date-time') return t('docs.types.time')
  if (schema.format === 'binary') return t('docs.types.bytes')
  const known = ['string', 'integer', 'number', 'boolean', 'object', 'null'] as const
  const name = known.find((one) => one === schema.type)
  return name ? t(`docs.types.${name}`) : schema.allOf ? t('docs.types.object') : t('docs.types.any')
}
const nullLast = (a: string, b: string) => Number(a === t('docs.types.null')) - Number(b === t('docs.types.null'))

/** “1–4000 字”, “最多 9 个”, a pattern. Empty when anything goes. */
export function limitsInWords(contract: Contract, schema: Schema): string {
  const found = resolve(contract, schema)
  const words: string[] = []
  if (found.maxLength !== undefined) words.push(t('docs.limits.length', { min: found.minLength ?? 0, max: found.maxLength }))
  if (found.minimum !== undefined && found.maximum !== undefined && found.maximum < 1e9) words.push(t('docs.limits.range', { min: found.minimum, max: found.maximum }))
  if (found.maxItems !== undefined) words.push(t('docs.limits.items', { max: found.maxItems }))
  if (found.pattern) words.push(found.pattern)
  return words.join('，')
}

export function choicesOf(contract: Contract, schema: Schema): string[] {
  const found = resolve(contract, schema)
  const inside = found.items ? resolve(contract, found.items) : found
  return (inside.enum ?? []).filter((one) => one !== null).map(String)
}

/** Markdown as far as the contract uses it: paragraphs of plain, strong and code. */
export function paragraphsOf(text: string): { kind: 'plain' | 'strong' | 'code'; text: string }[][] {
  return text.split(/\n\s*\n/).map((paragraph) => paragraph.trim().replace(/\s+/g, ' ')).filter(Boolean).map((paragraph) =>
    paragraph.split(/(\*\*.+?\*\*|`.+?`)/).filter(Boolean).map((part) => {
      if (part.startsWith('**')) return { kind: 'strong', text: part.slice(2, -2) }
      if (part.startsWith('`')) return { kind: 'code', text: part.slice(1, -1) }
      return { kind: 'plain', text: part }
    }),
  )
}
