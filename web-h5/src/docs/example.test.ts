import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { groupsOf, type Contract } from './contract'
import { commandOf } from './example'

const contract = parse(readFileSync('../api/src/main/resources/openapi.yaml', 'utf8')) as Contract
const all = groupsOf(contract).flatMap(({ operations }) => operations)
const command = (id: string) => commandOf(contract, all.find((one) => one.id === id)!, 'http://localhost:8080')

test('a_filing_carries_its_token_its_key_and_its_words', () => {
  expect(command('fileCase')).toBe(`curl -X POST "http://localhost:8080/api/cases" \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Idempotency-Key: …" \\
  -H "Content-Type: application/json" \\
  -d '{"text":"…"}'`)
})

test('path_and_query_places_are_left_to_fill', () => {
  expect(command('getCase')).toContain('/api/cases/$NUMBER"')
  expect(command('findGridAt')).toContain('?lon=…&lat=…')
})

test('every_operation_has_a_command', () => {
  for (const { id } of all) expect(command(id)).toMatch(/^curl /)
})
