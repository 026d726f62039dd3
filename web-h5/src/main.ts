import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { makeRouter } from './app/router'
import './styles/tokens.css'
import './styles/base.css'

createApp(App).use(createPinia()).use(makeRouter()).mount('#app')
