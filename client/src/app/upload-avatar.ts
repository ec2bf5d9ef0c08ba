/** Over HTTP, as a frame of the socket would be too small for it; what is refused is thrown as a procedure's refusal is. */
export async function uploadAvatar(square: Blob): Promise<void> {
  const response = await fetch('/files/avatars', { method: 'POST', body: square });
  if (response.ok) return;
  const { error } = (await response.json()) as { error: { data: unknown } };
  throw Object.assign(new Error('The picture was refused'), { data: error.data });
}
