import './mark.css';

/** Three people going round in a circle, each handing over to the next. */
export function Mark({ turning = false }: { turning?: boolean }) {
  return (
    <svg className="mark" data-turning={turning} viewBox="0 0 32 32" aria-hidden="true">
      <g className="mark-coral">
        <path d="M5.17 14.09A11 11 0 0 1 16 5" />
        <circle cx="16" cy="5" r="3.6" />
      </g>
      <g className="mark-saffron">
        <path d="M23.07 7.57A11 11 0 0 1 25.53 21.5" />
        <circle cx="25.53" cy="21.5" r="3.6" />
      </g>
      <g className="mark-teal">
        <path d="M19.76 26.34A11 11 0 0 1 6.47 21.5" />
        <circle cx="6.47" cy="21.5" r="3.6" />
      </g>
    </svg>
  );
}
