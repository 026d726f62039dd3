import { defineAsyncComponent } from 'vue'

/** The map with Leaflet, fetched only by those who open it. */
export const LazyMap = defineAsyncComponent(() => import('./GridMap.vue'))
