import type { EChartsCoreOption } from 'echarts/core'
import type { BoardStep } from '@/api/types'
import { t } from '@/locales'
import { countOf, dayInWords, percent, rateOf } from './figures'

/** What ECharts draws of a trend: how many came as bars, how well it went as lines. A day without anything judged leaves a gap. */
export function trendOf(steps: BoardStep[], token: (name: string) => string, size: number): EChartsCoreOption {
  const axis = { axisLabel: { color: token('ink-soft'), fontSize: size, hideOverlap: true }, axisLine: { lineStyle: { color: token('edge') } }, splitLine: { lineStyle: { color: token('line') } } }
  const line = (figure: 'ON_TIME' | 'SATISFACTION', name: string, colour: string, symbol: string, type: string) => ({
    type: 'line',
    name,
    symbol,
    symbolSize: 8,
    yAxisIndex: 1,
    connectNulls: true,
    color: token(colour),
    lineStyle: { width: 2.5, type },
    data: steps.map((step) => rateOf(countOf(step, figure)) ?? null),
    tooltip: { valueFormatter: (value: unknown) => percent(typeof value === 'number' ? value : undefined) },
  })
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
    grid: { left: 8, right: 8, top: size * 3.2, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, type: 'scroll', textStyle: { color: token('ink'), fontSize: size }, itemGap: size },
    tooltip: { trigger: 'axis', confine: true, textStyle: { fontSize: size } },
    xAxis: { type: 'category', data: steps.map(({ day }) => dayInWords(day)), axisTick: { show: false }, ...axis },
    yAxis: [
      { type: 'value', minInterval: 1, ...axis },
      { type: 'value', min: 0, max: 1, ...axis, splitLine: { show: false }, axisLabel: { ...axis.axisLabel, formatter: (value: number) => `${Math.round(value * 100)}%` } },
    ],
    series: [
      { type: 'bar', name: t('board.trend.filed'), barMaxWidth: 26, itemStyle: { color: token('on-primary-soft'), borderColor: token('primary'), borderWidth: 1, borderRadius: [3, 3, 0, 0] }, data: steps.map((step) => countOf(step, 'FILED').base) },
      line('ON_TIME', t('board.trend.onTime'), 'primary', 'circle', 'solid'),
      line('SATISFACTION', t('board.trend.satisfaction'), 'accent', 'diamond', 'dashed'),
    ],
  }
}
