import { createPinia } from 'pinia'
import { createApp } from 'vue'
import DocsPage from './DocsPage.vue'
import '../styles/tokens.css'
import '../styles/base.css'

createApp(DocsPage).use(createPinia()).mount('#app')
