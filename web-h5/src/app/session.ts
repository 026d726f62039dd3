import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { client } from '@/api/client'
import { live } from '@/api/live'
import { api, type Body } from '@/api/operations'
import { Problem } from '@/api/problem'
import type { Person, Session } from '@/api/types'
import { forgetAll, forgetFieldOfOthers } from './shelf'

/** Who is signed in on this page, and the live stream that belongs to them. */
export const useSession = defineStore('session', () => {
  const session = ref<Session>()
  const known = ref(false)
  let asking: Promise<void> | undefined

  function take(found: Session | undefined) {
    session.value = found
    client.csrf = found?.csrf
    known.value = true
    forgetFieldOfOthers(found?.person.staff?.user)
    if (found) live.open()
    else live.close()
    // Not needed to see a page: this device's notices are looked after once it stands.
    if (found) void import('./push').then(({ renew }) => renew(found.person)).catch(() => {})
  }

  client.onSignedOut = () => take(undefined)

  /** Asks once who this browser is. Offline leaves it unknown, so that the next page asks again. */
  function load(): Promise<void> {
    if (known.value) return Promise.resolve()
    asking ??= api
      .getSession()
      .then(take)
      .catch((error: unknown) => {
        if (error instanceof Problem && error.status === 401) take(undefined)
        else throw error
      })
      .finally(() => (asking = undefined))
    return asking
  }

  async function signIn(proof: Body<'signIn'>): Promise<Session> {
    const found = await api.signIn(proof)
    take(found)
    return found
  }

  /** Signed in by another way than the form: asks anew who this is. */
  function reload(): Promise<void> {
    known.value = false
    return load()
  }

  async function signOut(everywhere: boolean) {
    await import('./push').then(({ leave }) => leave()).catch(() => {})
    await api.signOut(everywhere)
    take(undefined)
    // Whoever uses this device next reads nothing of it.
    await forgetAll()
  }

  function learn(person: Person) {
    if (session.value) session.value = { ...session.value, person }
  }

  return {
    known,
    session,
    person: computed(() => session.value?.person),
    isResident: computed(() => session.value?.kind === 'RESIDENT'),
    isStaff: computed(() => session.value?.kind === 'STAFF'),
    load,
    signIn,
    reload,
    signOut,
    learn,
  }
})
