import { fileURLToPath, URL } from 'node:url'
import { VantResolver } from '@vant/auto-import-resolver'
import vue from '@vitejs/plugin-vue'
import components from 'unplugin-vue-components/vite'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { serviceWorker } from './build/worker'

/** Vant's icon font asks a foreign host and weighs 32 KB. Our glyphs are our own, so its stylesheet goes in empty. */
const withoutVantIcons: Plugin = {
  name: 'without-vant-icons',
  enforce: 'pre',
  load: (id) => (/vant[\\/](es|lib)[\\/]icon[\\/]index\.css/.test(id) ? '' : undefined),
}

export default defineConfig({
  plugins: [
    withoutVantIcons,
    vue(),
    // Only Vant: what we wrote ourselves is imported by name, so that a reader can follow it.
    components({ dirs: [], resolvers: [VantResolver()], dts: 'src/vant-components.d.ts' }),
    serviceWorker(),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: 'target/classes/webroot',
    emptyOutDir: true,
    // Two pages: the application, and the contract's readable page that the service shows at /api/docs.
    rolldownOptions: { input: ['index.html', 'docs.html'] },
    // Phones that clerks and grandparents still carry: WeChat's WebView and iOS 15.4.
    target: ['chrome87', 'safari15.4'],
    // The service sends a strict Content-Security-Policy: nothing inline, no data: scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 300,
  },
  server: { proxy: { '/api': { target: process.env.LINGE_URL ?? 'http://localhost:8080' } } },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    reporters: ['verbose'],
    // Vant brings stylesheets along, which only Vite can read.
    server: { deps: { inline: ['vant'] } },
    // The city's clock, wherever the test runs.
    env: { TZ: 'Asia/Shanghai' },
  },
})
