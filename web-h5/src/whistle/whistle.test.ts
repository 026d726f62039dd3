import { describe, expect, test } from 'vitest'
import type { CaseSummary, WhistleActName, WhistleCall, WhistleState, WhistleSummary } from '@/api/types'
import { byColumn, inMetres, inOneList, isLate, metresBetween, namesIn, nextAct, thereOf, unsigned } from './whistle'

const call = (code: string, state: WhistleCall['state'], more: Partial<WhistleCall> = {}): WhistleCall => ({
  department: { code, name: code }, lead: code === 'HOUSING', state, stateName: state, due: '2026-11-25T06:00:00Z', overdue: false, ...more,
})

const whistle = (id: string, state: WhistleState, calls: WhistleCall[], acts: WhistleActName[] = [], more: Partial<WhistleSummary> = {}): WhistleSummary => ({
  id, number: '202611250011', text: '', areaName: '', centre: '', emergency: false, reason: '', meeting: {}, blownAt: `2026-11-25T04:00:00Z`,
  blownBy: { name: '', roleName: '' }, state, stateName: state, version: 0, calls, acts, mine: 'WATER', ...more,
})
const clock = (due: string) => ({ clock: { rule: '', article: '', startedAt: due, due, overdue: false } })

describe('the board', () => {
  test('whoever has somebody late stands first in the column, then who is due first', () => {
    const soon = whistle('soon', 'CALLED', [call('WATER', 'CALLED')], [], clock('2026-11-25T05:00:00Z'))
    const later = whistle('later', 'CALLED', [call('WATER', 'CALLED')], [], clock('2026-11-25T07:00:00Z'))
    const late = whistle('late', 'CALLED', [call('WATER', 'LATE')], [], clock('2026-11-25T09:00:00Z'))
    const columns = byColumn([later, soon, late, whistle('signing', 'SIGNING', [call('WATER', 'REPORTED_IN')])])
    expect(columns.CALLED.map(({ id }) => id)).toEqual(['late', 'soon', 'later'])
    expect(columns.SIGNING.map(({ id }) => id)).toEqual(['signing'])
    expect(columns.HANDLING).toEqual([])
  })

  test('somebody who came late after all holds nothing up', () => {
    expect(isLate(whistle('w', 'CALLED', [call('WATER', 'REPORTED_IN', { lateAt: '2026-11-25T06:00:00Z' })]))).toBe(false)
    expect(isLate(whistle('w', 'CALLED', [call('WATER', 'CALLED', { overdue: true })]))).toBe(true)
  })

  test('who was excused is not missed, and only assisting departments are waited for to sign', () => {
    const item = whistle('w', 'SIGNING', [call('HOUSING', 'DONE'), call('WATER', 'REPORTED_IN'), call('POWER', 'EXCUSED')])
    expect(thereOf(item)).toEqual({ there: 2, all: 2 })
    expect(unsigned(item).map(({ department }) => department.code)).toEqual(['WATER'])
  })
})

describe('the department', () => {
  test('its calls and cases stand by their clocks, what it must sign comes next, and what it waits for last', () => {
    const due = whistle('due', 'CALLED', [call('WATER', 'CALLED', { due: '2026-11-25T06:00:00Z' })], ['REPORT_IN'])
    const sign = whistle('sign', 'SIGNING', [call('WATER', 'REPORTED_IN')], ['COUNTERSIGN', 'NOTE'], { conclusion: { words: '', at: '', by: '' } })
    const waits = whistle('waits', 'CALLED', [call('WATER', 'REPORTED_IN'), call('POWER', 'CALLED')], ['NOTE'])
    const one = (number: string, at?: string) => ({ number, due: at ?? null }) as CaseSummary
    const list = inOneList([waits, sign, due], [one('early', '2026-11-25T05:00:00Z'), one('late', '2026-11-30T05:00:00Z'), one('none')])
    expect(list.map(({ key }) => key)).toEqual(['early', 'due', 'late', 'sign', 'none', 'waits'])
  })

  test('the next step is never to write the conclusion anew', () => {
    const conclusion = { words: '', at: '', by: '' }
    expect(nextAct({ acts: ['NOTE', 'CONCLUDE'], conclusion: null })).toBe('CONCLUDE')
    expect(nextAct({ acts: ['NOTE', 'CONCLUDE'], conclusion })).toBe('NOTE')
    expect(nextAct({ acts: ['NOTE', 'EXCUSE', 'CLOSE', 'CALL_OFF'], conclusion })).toBe('CLOSE')
    expect(nextAct({ acts: ['CALL_OFF', 'EXCUSE'], conclusion: null })).toBeUndefined()
  })
})

test('metres agree with a degree of latitude, and read short', () => {
  expect(metresBetween({ lon: 113, lat: 36 }, { lon: 113, lat: 37 })).toBeCloseTo(111_195, -1)
  expect(metresBetween({ lon: 113, lat: 36 }, { lon: 113, lat: 36 })).toBe(0)
  expect(inMetres(34.6)).toBe('35 米')
  expect(inMetres(1240)).toBe('1.2 公里')
})

test('names are told apart however they are typed', () => {
  expect(namesIn('王工、李工，张工 赵工\n王工')).toEqual(['王工', '李工', '张工', '赵工'])
  expect(namesIn(' ')).toEqual([])
})
