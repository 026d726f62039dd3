import type { EChartsCoreOption } from 'echarts/core'
import type { NoticeCounts } from '@/api/types'
import { t } from '@/locales'
import { partsOf, stepLabel, timeInWords } from './notices'

const PARTS = [
  ['delivered', 'notices.now.delivered', 'good'],
  ['unconfirmed', 'notices.now.unconfirmed', 'primary'],
  ['failed', 'notices.now.failed', 'warn'],
  ['parked', 'notices.now.stopped', 'danger'],
  ['expired', 'notices.now.expired', 'edge'],
] as const

/** What ECharts draws of steps: parts on top of each other, or two lines of time. Parts that never happened are left out. */
export function chartOf(kind: 'counts' | 'speed', steps: NoticeCounts[], step: number, token: (name: string) => string, size: number): EChartsCoreOption {
  const text = { color: token('ink'), fontSize: size }
  const axis = { axisLabel: { color: token('ink-soft'), fontSize: size, hideOverlap: true }, axisLine: { lineStyle: { color: token('edge') } }, splitLine: { lineStyle: { color: token('line') } } }
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: false }, decal: { show: kind === 'counts' } },
    grid: { left: 8, right: 12, top: size * 3, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, type: 'scroll', textStyle: text, itemGap: size },
    tooltip: { trigger: 'axis', confine: true, textStyle: { fontSize: size }, ...(kind === 'speed' ? { valueFormatter: timeOf } : {}) },
    xAxis: { type: 'category', data: steps.map(({ at }) => stepLabel(at, step)), axisTick: { show: false }, ...axis },
    yAxis: { type: 'value', minInterval: kind === 'counts' ? 1 : undefined, ...axis, ...(kind === 'speed' ? { axisLabel: { ...axis.axisLabel, formatter: timeOf } } : {}) },
    series: kind === 'counts' ? bars(steps, token) : lines(steps, token),
  }
}

function timeOf(ms: unknown): string {
  return timeInWords(typeof ms === 'number' ? ms : null)
}

function bars(steps: NoticeCounts[], token: (name: string) => string) {
  return PARTS.map(([part, name, colour]) => ({
    type: 'bar',
    stack: 'all',
    name: t(name),
    barMaxWidth: 28,
    itemStyle: { color: token(colour) },
    data: steps.map((one) => partsOf(one)[part]),
  })).filter(({ data }) => data.some((n) => n > 0))
}

function lines(steps: NoticeCounts[], token: (name: string) => string) {
  return ([['p50', 'notices.now.p50', 'primary', 'circle'], ['p99', 'notices.now.p99', 'danger', 'diamond']] as const).map(([key, name, colour, symbol]) => ({
    type: 'line',
    name: t(name),
    symbol,
    symbolSize: 9,
    connectNulls: false,
    color: token(colour),
    lineStyle: { width: 2.5, type: key === 'p99' ? 'dashed' : 'solid' },
    data: steps.map((one) => one[key] ?? null),
  }))
}
