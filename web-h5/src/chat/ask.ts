import { api } from '@/api/operations'
import { Offline, Problem } from '@/api/problem'
import type { ChatAnswer, Reply } from '@/api/types'
import { bodyOf, isAnswer, type Said } from './talk'

/** Says one thing to the service. `heard` gets every reply as it comes; ends with the rest of the answer. */
export async function ask(
  key: string, said: Said, conversation: string | undefined, heard: (reply: Reply) => void, signal?: AbortSignal,
): Promise<Omit<ChatAnswer, 'replies'>> {
  let answer: Omit<ChatAnswer, 'replies'> | undefined
  let problem: Problem | undefined
  const whole = await api.chat(key, bodyOf(said, conversation), ({ event, data }) => {
    if (event === 'reply') heard(JSON.parse(data) as Reply)
    if (event === 'done') answer = JSON.parse(data) as Omit<ChatAnswer, 'replies'>
    if (event === 'problem') problem = new Problem(JSON.parse(data) as Problem['body'])
  }, signal ? { signal } : {})
  if (isAnswer(whole)) {
    whole.replies.forEach(heard)
    return whole
  }
  if (problem) throw problem
  // Cut off before its end: nothing is known, the same key asks again.
  if (!answer) throw new Offline('network')
  return answer
}
