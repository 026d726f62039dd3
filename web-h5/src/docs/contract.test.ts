import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { choicesOf, fieldsOf, groupsOf, limitsInWords, paragraphsOf, resolve, typeInWords, type Contract, type Schema } from './contract'

const contract = parse(readFileSync('../api/src/main/resources/openapi.yaml', 'utf8')) as Contract
const groups = groupsOf(contract)
const all = groups.flatMap(({ operations }) => operations)
const of = (id: string) => all.find((one) => one.id === id)!

test('every_operation_of_the_contract_is_shown_once_under_a_titled_group', () => {
  const written = Object.values(contract.paths).flatMap((methods) => Object.values(methods)).map(({ operationId }) => operationId)
  expect(all.map(({ id }) => id).sort()).toEqual([...written].sort())
  for (const group of groups) expect(group.title).toMatch(/[\u4e00-\u9fff]/)
})

test('every_reference_leads_somewhere', () => {
  const seen = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const ref = (value as { $ref?: string }).$ref
    if (ref && !seen.has(ref)) {
      seen.add(ref)
      expect(() => resolve(contract, { $ref: ref })).not.toThrow()
    }
    Object.values(value).forEach(walk)
  }
  walk(contract)
  expect(seen.size).toBeGreaterThan(30)
})

test('a_composed_object_shows_the_fields_of_all_its_parts', () => {
  const fields = fieldsOf(contract, { $ref: '#/components/schemas/Case' }).map(({ name }) => name)
  expect(fields).toContain('number')
  expect(fields).toContain('moves')
})

test('a_nullable_object_and_a_list_open_to_the_fields_inside', () => {
  const nullable: Schema = { oneOf: [{ type: 'null' }, { $ref: '#/components/schemas/Category' }] }
  expect(fieldsOf(contract, nullable).map(({ name }) => name)).toContain('path')
  expect(typeInWords(contract, nullable)).toBe('Category 或 空')
  expect(typeInWords(contract, { type: 'array', items: { $ref: '#/components/schemas/Media' } })).toBe('列表〈Media〉')
  expect(typeInWords(contract, { type: ['string', 'null'] })).toBe('文本 或 空')
})

test('limits_and_choices_are_said', () => {
  const body = fieldsOf(contract, of('triage').body!.schema)
  expect(limitsInWords(contract, body.find(({ name }) => name === 'text')!.schema)).toBe('1–4000 字')
  expect(choicesOf(contract, { $ref: '#/components/schemas/Urgency' })).toEqual(['NORMAL', 'URGENT', 'EMERGENCY'])
})

test('parameters_by_reference_are_read_and_sign_in_is_told', () => {
  expect(of('getCase').parameters.map(({ name }) => name)).toEqual(['number'])
  expect([of('getCase').signedIn, of('triage').signedIn]).toEqual([true, false])
})

test('the_contracts_marks_become_strong_and_code', () => {
  expect(paragraphsOf('**Errors** are `json`\nhere.\n\nNext.')).toEqual([
    [{ kind: 'strong', text: 'Errors' }, { kind: 'plain', text: ' are ' }, { kind: 'code', text: 'json' }, { kind: 'plain', text: ' here.' }],
    [{ kind: 'plain', text: 'Next.' }],
  ])
})
