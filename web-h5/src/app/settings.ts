import { defineStore } from 'pinia'
import { ref } from 'vue'
import { api } from '@/api/operations'
import type { PublicSettings } from '@/api/types'

/** What the service tells before anybody signs in: demo or not, the city, limits, hotlines. */
export const useSettings = defineStore('settings', () => {
  const settings = ref<PublicSettings>()
  async function load() {
    settings.value ??= await api.getSettings()
    return settings.value
  }
  return { settings, load }
})
