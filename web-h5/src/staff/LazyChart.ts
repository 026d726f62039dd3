import { defineAsyncComponent, h } from 'vue'
import { t } from '@/locales'

/** The charts with ECharts, fetched only by those who look at them; the table beside each says the same without it. */
export default defineAsyncComponent({
  loader: () => import('./RateChart.vue'),
  errorComponent: { render: () => h('p', { class: 'soft' }, t('notices.rates.failedChart')) },
})
