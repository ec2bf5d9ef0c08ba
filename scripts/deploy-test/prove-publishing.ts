import assert from 'node:assert/strict';
import type { Prove } from './main.ts';
import type { Registry } from './registry.ts';
import { docker, shell } from './shell.ts';

const images = ['ronda-balancer', 'ronda-chat'];

/** `deploy/publish.sh` pushes what another machine then gets, byte for byte. */
export async function provePublishing({ namespace, version, digestOf }: Registry, prove: Prove): Promise<void> {
  const platform = docker('version', '--format', '{{.Server.Os}}/{{.Server.Arch}}');
  const publish = (environment: Record<string, string>, ...parameters: string[]) =>
    shell('deploy/publish.sh', parameters, { env: { PLATFORMS: platform, ...environment } });

  await prove('publish.sh says what it lacks', () => {
    assert.throws(() => publish({ REGISTRY_NAMESPACE: '' }, version), /REGISTRY_NAMESPACE takes/);
    assert.throws(() => publish({ REGISTRY_NAMESPACE: namespace }, 'a b'), /can't be a tag/);
    const withUser = { REGISTRY_NAMESPACE: namespace, REGISTRY_USER: 'ana', REGISTRY_PASSWORD: '' };
    assert.throws(() => publish(withUser, version), /REGISTRY_PASSWORD is missing/);
  });
  await prove('publish.sh pushes both images as the version and as latest', async () => {
    publish({ REGISTRY_NAMESPACE: namespace }, version);
    for (const image of images) {
      const digest = await digestOf(image, version);
      assert.match(digest, /^sha256:[0-9a-f]{64}$/);
      assert.equal(await digestOf(image, 'latest'), digest);
    }
  });
  for (const image of images)
    await prove(`${image} comes back with the digest that it was pushed with`, async () => {
      const name = `${namespace}${image}`;
      for (const tag of [version, 'latest']) remove(`${name}:${tag}`);
      docker('pull', '--quiet', `${name}:${version}`);
      const digest = await digestOf(image, version);
      const pulled = docker('image', 'inspect', '--format', '{{join .RepoDigests " "}}', `${name}:${version}`);
      assert.ok(pulled.split(' ').includes(`${name}@${digest}`), pulled);
      const label = '{{index .Config.Labels "org.opencontainers.image.version"}}';
      assert.equal(docker('image', 'inspect', '--format', label, `${name}:${version}`), version);
    });
}

/** Those that a push leaves behind are in the way of a real pull; with some builders it leaves none. */
function remove(image: string): void {
  try {
    docker('image', 'rm', '--force', image);
  } catch {
    // It isn't here.
  }
}
