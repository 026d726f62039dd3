import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { makeRouter } from './app/router'
import './styles/tokens.css'
import './styles/base.css'

const router = makeRouter()
createApp(App).use(createPinia()).use(router).mount('#app')

// Not needed to see the first page: fetched once it stands.
void router.isReady().then(async () => {
  void (await import('./report/queue')).watchQueue(router)
  void (await import('./chat/queue')).watchChat()
  const { followTaps, serviceWorker } = await import('./app/worker')
  followTaps(router)
  await serviceWorker()
})
