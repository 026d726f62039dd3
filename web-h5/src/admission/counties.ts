import { ref } from 'vue'
import { api } from '@/api/operations'
import { useSession } from '@/app/session'

/** The areas somebody may look after: their own, and for the city the counties below it. */
export function useCounties() {
  const me = useSession().person?.staff
  const own = { code: me?.area ?? '', name: me?.areaName ?? '' }
  const counties = ref([own])
  if (me?.level === 'CITY')
    void api.listPlaces(own.code).then(
      ({ items }) => (counties.value = [own, ...items.map(({ code, name }) => ({ code, name }))]),
      // The own area is there all the same.
      () => undefined,
    )
  return counties
}
