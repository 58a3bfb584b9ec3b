// Announcements: texts that stand by themselves, newest knowledge of this phone, and short news of events.
import { Empty, PageHead } from "../parts/page-head.tsx";
import { Said, SaidLink, SaidLong } from "../parts/said.tsx";
import { useScene } from "../parts/scene.tsx";
import { Who } from "../parts/who.tsx";
import { CONDUCT_SLUG } from "./conduct-page.tsx";
import { linkTo } from "./route.ts";

export function PagesPage() {
  const { phone, view, words } = useScene();
  const pages = view.pages.filter(({ slug }) => slug !== CONDUCT_SLUG);
  const news = view.events.filter(({ news: said }) => said !== undefined);
  return (
    <>
      <PageHead back>{words.pages.title}</PageHead>
      {pages.length === 0 && news.length === 0 && <Empty>{words.pages.empty}</Empty>}
      {news.map((event) => (
        <article key={event.id} class="card">
          <p class="news">{event.news !== undefined && <Said text={event.news} lang={event.lang} />}</p>
          <SaidLink text={event.title} lang={event.lang} href={linkTo("event", event.id)} />
        </article>
      ))}
      {pages.map((page) => (
        <article key={page.id} class="card">
          <h2>
            <Said text={page.title} />
          </h2>
          <SaidLong text={page.text} />
          <p class="note-head">
            <Who author={page.author} />
            {page.mine && (
              <button type="button" class="quiet" onClick={() => void phone.acts.withdraw(page.id)}>
                {words.note.takeBack}
              </button>
            )}
          </p>
        </article>
      ))}
      <p>
        <a class="button" href={linkTo("write")}>
          {words.pages.write}
        </a>
      </p>
    </>
  );
}
