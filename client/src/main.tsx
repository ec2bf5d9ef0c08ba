import { notifyManager, QueryClient } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { type AroundNavHandler, Router } from 'wouter';
import './design/tokens.css';
import './design/base.css';
import './design/controls.css';
import { App } from './app/app.tsx';
import { CrashGuard } from './app/crash-guard.tsx';
import { finishForgetting } from './app/forget-person.ts';
import { isCovered } from './design/use-back-closes.ts';
import { IdentityProvider } from './identity/identity-context.tsx';
import { inNextFrame } from './in-next-frame.ts';
import { chosenLanguage, keepDocumentLanguage } from './language/language.ts';
import { loadPhrases } from './language/load-phrases.ts';
import { keepFrameColour } from './theme/theme.ts';
import { createAskIdentity } from './wire/ask.ts';
import { owedSignOut } from './wire/owed-sign-out.ts';

keepDocumentLanguage();
keepFrameColour();
finishForgetting(owedSignOut() !== undefined);
notifyManager.setScheduler(inNextFrame);

const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, networkMode: 'always' },
  },
});

void loadPhrases(chosenLanguage.get()).then(show);

// What Vite serves while developing changes too often to be kept.
if (import.meta.env.PROD) addEventListener('load', () => void import('./offline/keep-page.ts').then(keep));

function keep({ keepPage }: typeof import('./offline/keep-page.ts')): void {
  void keepPage();
}

/** Whoever goes somewhere from a dialog or the drawer comes back to what was below it. */
const leaveCover: AroundNavHandler = (navigate, to, options) =>
  navigate(to, { ...options, replace: options?.replace || isCovered() });

function show(): void {
  const root = document.getElementById('root');
  if (root)
    createRoot(root).render(
      <StrictMode>
        <CrashGuard>
          <IdentityProvider value={{ ask: createAskIdentity(), queryClient }}>
            <Router aroundNav={leaveCover}>
              <App />
            </Router>
          </IdentityProvider>
        </CrashGuard>
      </StrictMode>,
    );
}
