// Writing an announcement, or our own words about how we are with each other: a text that stands by itself.
import { Trouble, useActing } from "../parts/acting.tsx";
import { useDraft } from "../parts/draft.ts";
import { TextField } from "../parts/field.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { useScene } from "../parts/scene.tsx";
import { folded } from "./event-wish.ts";
import { goTo } from "./route.ts";

const MAX_SLUG_CHARACTERS = 50;

export function WritePage() {
  const { phone, words, say } = useScene();
  const draft = useDraft("page", { title: "", text: "" });
  const acting = useActing();
  const { title, text } = draft.fields;
  const publish = () =>
    acting.run(async () => {
      await phone.acts.createPage({ slug: slugOf(title), title: title.trim(), text: text.trim() });
      draft.clear();
      say(words.make.published);
      goTo("pages");
    });
  return (
    <>
      <PageHead back>{words.page.title}</PageHead>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (title.trim() === "") acting.complain(words.trouble.needTitle);
          else void publish();
        }}
      >
        <TextField
          label={words.page.name}
          value={title}
          required
          maxLength={120}
          change={(value) => draft.change({ title: value })}
        />
        <TextField label={words.page.text} value={text} rows={8} change={(value) => draft.change({ text: value })} />
        <Trouble acting={acting} />
        <button type="submit" class="button ember big" disabled={acting.busy}>
          {words.common.publish}
        </button>
      </form>
    </>
  );
}

/** As page/1 wants it; a title without Latin letters becomes "page". */
function slugOf(title: string): string {
  const slug = folded(title)
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_SLUG_CHARACTERS)
    .replace(/^-|-$/g, "");
  return slug === "" ? "page" : slug;
}
