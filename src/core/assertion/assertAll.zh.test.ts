import { expect, test } from "vitest";
import { annotated } from "../../../test/support/annotated.ts";
import { reading } from "../../../test/support/reading.ts";

test.each<[string, string]>([
  // 否定
  ["无[发热]、[咳嗽]、[咳痰]。", "发热: negated; 咳嗽: negated; 咳痰: negated"],
  ["否认[高血压|Disease_disorder]、[糖尿病|Disease_disorder]病史。", "高血压: negated historical; 糖尿病: negated historical"],
  ["否认[肝炎|Disease_disorder]，[结核|Disease_disorder]，[伤寒|Disease_disorder]。", "肝炎: negated; 结核: negated; 伤寒: negated"],
  ["无[恶心]，[呕吐]，[腹痛]等不适。", "恶心: negated; 呕吐: negated; 腹痛: negated"],
  ["无[发热]，[咳嗽]加重3天。", "发热: negated; 咳嗽: plain"],
  ["无[发热]，有[咳嗽]。", "发热: negated; 咳嗽: plain"],
  ["[胸痛]2天，无[咯血]。", "胸痛: plain; 咯血: negated"],
  ["双肺未闻及[干湿性啰音]。", "干湿性啰音: negated"],
  ["双端切线未查见[癌|Disease_disorder]。", "癌: negated"],
  ["腹部未触及[包块]。", "包块: negated"],
  ["[咳嗽]不伴[胸痛]。", "咳嗽: plain; 胸痛: negated"],
  ["已排除[肺栓塞|Disease_disorder]。", "肺栓塞: negated"],
  ["[压痛](-)，[反跳痛](+)。", "压痛: negated; 反跳痛: plain"],
  ["[恶心]、[呕吐]均无。", "恶心: negated; 呕吐: negated"],
  ["没有[头痛]，但[头晕]明显。", "头痛: negated; 头晕: plain"],
  ["未见明显[腹水]。", "腹水: negated"],
  ["无[双下肢水肿]，[心悸]3天。", "双下肢水肿: negated; 心悸: plain"],
  ["无[发热]，[盗汗]，无[便血]。", "发热: negated; 盗汗: negated; 便血: negated"],
  ["一直未诉有[咳嗽]、[咯血]。", "咳嗽: negated; 咯血: negated"],
  ["未再出现[便血]。", "便血: negated"],
  // 似否定而非否定
  ["[非霍奇金淋巴瘤|Disease_disorder]，[无水酒精|Medication]注射。", "非霍奇金淋巴瘤: plain; 无水酒精: plain"],
  ["四肢[无力]，[关节活动不利]。", "无力: plain; 关节活动不利: plain"],
  ["无明显诱因出现[胸痛]。", "胸痛: plain"],
  ["不明原因[发热]1周。", "发热: plain"],
  ["[咳嗽]未予重视。", "咳嗽: plain"],
  ["[腹痛]无缓解。", "腹痛: plain"],
  ["患者无意中发现[颈部肿块]。", "颈部肿块: plain"],
  ["[腹胀]未见好转，伴[乏力]。", "腹胀: plain; 乏力: plain"],
  ["无诱因[心悸]，无[晕厥]。", "心悸: plain; 晕厥: negated"],
  // 可能性
  ["[肺癌|Disease_disorder]待排。", "肺癌: uncertain"],
  ["不除外[肺结核|Disease_disorder]。", "肺结核: uncertain"],
  ["[癌|Disease_disorder]不能排除。", "癌: uncertain"],
  ["考虑[急性阑尾炎|Disease_disorder]。", "急性阑尾炎: uncertain"],
  ["可疑[骨折|Disease_disorder]。", "骨折: uncertain"],
  ["[肺炎|Disease_disorder]可能性大。", "肺炎: uncertain"],
  ["[肺炎|Disease_disorder]？", "肺炎: uncertain"],
  ["[高脂血症|Disease_disorder]、[糖尿病|Disease_disorder]？", "高脂血症: plain; 糖尿病: uncertain"],
  ["门诊拟“[胃癌|Disease_disorder]”收入院。", "胃癌: plain"],
  ["应用[顺铂|Medication]化疗。", "顺铂: plain"],
  ["如出现[发热]，及时就诊。", "发热: hypothetical"],
  ["预防[感染|Disease_disorder]。", "感染: hypothetical"],
  ["建议行[胃镜|Diagnostic_procedure]。", "胃镜: hypothetical"],
  ["必要时[手术|Therapeutic_procedure]。", "手术: hypothetical"],
  // 家族与他人
  ["父亲患[高血压|Disease_disorder]，母亲患[糖尿病|Disease_disorder]。", "高血压: family; 糖尿病: family"],
  ["母亲代诉患儿[发热]2天。", "发热: plain"],
  ["家族史：[高血压|Disease_disorder]。", "高血压: family"],
  ["供者有[乙肝|Disease_disorder]。", "乙肝: other"],
  ["[家族性结肠息肉病|Disease_disorder]", "家族性结肠息肉病: plain"],
  // 时间
  ["1年前无明显诱因出现[腹痛]。", "腹痛: plain"],
  ["[胃癌|Disease_disorder]术后。", "胃癌: historical"],
  ["[高血压|Disease_disorder]，[阑尾炎|Disease_disorder]术后。", "高血压: plain; 阑尾炎: historical"],
  ["既往[高血压|Disease_disorder]10年。", "高血压: historical"],
  ["曾行[阑尾切除术|Therapeutic_procedure]。", "阑尾切除术: historical"],
  ["10年前患[肺结核|Disease_disorder]。", "肺结核: historical"],
  ["既往[冠心病|Disease_disorder]，现[胸痛]2小时。", "冠心病: historical; 胸痛: plain"],
  ["既往史：[脑梗死|Disease_disorder]。", "脑梗死: historical"],
  ["3天前出现[咳嗽]。", "咳嗽: plain"],
  // 药物、检查、其他
  ["对[青霉素|Medication]过敏。", "青霉素: negated"],
  ["未服用[阿司匹林|Medication]。", "阿司匹林: negated"],
  ["否认[胸痛]，口服[5mg|Dosage]。", "胸痛: negated; 5mg: null"],
])("%s", (marked, expected) => {
  expect(reading(annotated(marked, "zh"))).toBe(expected);
}); // biome-ignore format: a table
