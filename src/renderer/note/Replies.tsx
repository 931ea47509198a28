import { ActionIcon, Badge, Code, Group, Modal, Stack, Text, Tooltip } from "@mantine/core";
import { IconMessage2Code } from "@tabler/icons-react";
import { useState } from "react";
import type { Reply } from "#core/entity/reply.ts";
import { useText } from "../frame/useText.ts";
import { useAnswer } from "../state/useAnswer.ts";

/** A button that shows what the model wrote freely, as it wrote it, and what became of it. */
export function Replies(props: { readonly documentId: string }) {
  const { t } = useText();
  const [opened, setOpened] = useState(false);
  const request = opened ? { documentId: props.documentId } : null;
  const replies = useAnswer("documents.replies", request, { refreshOn: ["document"] }).value;
  return (
    <>
      <Tooltip label={t("note:replies.open")} openDelay={400}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          aria-label={t("note:replies.open")}
          onClick={() => setOpened(true)}
        >
          <IconMessage2Code size={18} />
        </ActionIcon>
      </Tooltip>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("note:replies.open")}
        size="xl"
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <Stack>
          {replies?.length === 0 && <Text>{t("note:replies.none")}</Text>}
          {replies?.map((reply) => (
            <OneReply key={`${reply.start} ${reply.end}`} reply={reply} />
          ))}
        </Stack>
      </Modal>
    </>
  );
}

function OneReply(props: { readonly reply: Reply }) {
  const { t, number } = useText();
  const { reply } = props;
  const facts = [
    reply.isCutOff && t("note:replies.cutOff"),
    reply.isUnreadable && t("note:replies.unreadable"),
    reply.isRepaired && !reply.isUnreadable && t("note:replies.repaired"),
    reply.ungrounded > 0 && t("note:replies.ungrounded", { n: number(reply.ungrounded) }),
    reply.unknownTypes > 0 && t("note:replies.unknownTypes", { n: number(reply.unknownTypes) }),
  ].filter((fact) => fact !== false);
  return (
    <section data-reply>
      <Group gap="xs" mb={4}>
        <Text size="sm" c="dimmed">
          {t("note:replies.place", { start: number(reply.start), end: number(reply.end) })}
        </Text>
        {facts.map((fact) => (
          <Badge key={fact} variant="light" color="gray" tt="none">
            {fact}
          </Badge>
        ))}
      </Group>
      <Code block style={{ whiteSpace: "pre-wrap" }}>
        {reply.text}
      </Code>
    </section>
  );
}
