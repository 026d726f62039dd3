import { defineAsyncComponent, h } from 'vue'
import { t } from '@/locales'

const failed = { render: () => h('p', { class: 'soft' }, t('board.failedDrawing')) }

/** ECharts and Leaflet, fetched only by those who look at the board; tables beside them say the same. */
export const LazyTrend = defineAsyncComponent({ loader: () => import('./TrendChart.vue'), errorComponent: failed })
export const LazyBoardMap = defineAsyncComponent({ loader: () => import('./BoardMap.vue'), errorComponent: failed })
