import { useState } from 'react';
import { useLocation } from 'wouter';
import type { DemoPerson } from '../../../shared/protocol.ts';
import { Avatar } from '../design/avatar.tsx';
import { Fault } from '../design/field.tsx';
import { chooseLanguage } from '../language/language.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { Entrance } from './entrance.tsx';
import { useAskIdentity } from './identity-context.tsx';
import { useCheckStatus } from './status.ts';
import './demo-screen.css';

/** One click enters as any of the demo's people. */
export function DemoScreen({ people }: { people: DemoPerson[] }) {
  const { identity } = useMorePhrases();
  const ask = useAskIdentity();
  const checkStatus = useCheckStatus();
  const explain = useExplain();
  const [, navigate] = useLocation();
  const [fault, setFault] = useState<unknown>();

  const enter = async ({ id, language }: DemoPerson) => {
    try {
      await ask.enterDemo.mutate({ member: id });
      await chooseLanguage(language);
      navigate('/', { replace: true });
      await checkStatus();
    } catch (error) {
      setFault(error);
    }
  };

  return (
    <Entrance title={identity.demoTitle} text={identity.demoText}>
      <Fault>{fault === undefined ? undefined : explain(fault)}</Fault>
      {(['es', 'en'] as const).map((language) => (
        <section key={language} className="demo-people" aria-label={identity.demoGroups[language]}>
          <h2>{identity.demoGroups[language]}</h2>
          <ul>
            {people
              .filter((person) => person.language === language)
              .map((person) => (
                <li key={person.id}>
                  <button type="button" onClick={() => void enter(person)}>
                    <Avatar id={person.id} name={person.name} picture={person.avatar} />
                    <span>
                      <bdi>{person.name}</bdi>
                      <span lang={language}>{person.about}</span>
                    </span>
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Entrance>
  );
}
