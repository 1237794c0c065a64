package io.dagshell.kernel.session;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.persistence.internal.libraries.asm.ClassReader;
import org.eclipse.persistence.internal.libraries.asm.ClassWriter;
import org.eclipse.persistence.internal.libraries.asm.Handle;
import org.eclipse.persistence.internal.libraries.asm.Opcodes;
import org.eclipse.persistence.internal.libraries.asm.tree.AbstractInsnNode;
import org.eclipse.persistence.internal.libraries.asm.tree.ClassNode;
import org.eclipse.persistence.internal.libraries.asm.tree.FrameNode;
import org.eclipse.persistence.internal.libraries.asm.tree.InsnList;
import org.eclipse.persistence.internal.libraries.asm.tree.InvokeDynamicInsnNode;
import org.eclipse.persistence.internal.libraries.asm.tree.JumpInsnNode;
import org.eclipse.persistence.internal.libraries.asm.tree.LabelNode;
import org.eclipse.persistence.internal.libraries.asm.tree.LineNumberNode;
import org.eclipse.persistence.internal.libraries.asm.tree.LookupSwitchInsnNode;
import org.eclipse.persistence.internal.libraries.asm.tree.MethodInsnNode;
import org.eclipse.persistence.internal.libraries.asm.tree.MethodNode;
import org.eclipse.persistence.internal.libraries.asm.tree.TableSwitchInsnNode;

/**
 * Makes classes of cells stoppable: a check at every method entry and backward jump, and calls that would end the
 * process replaced by calls that end the cell. The check takes and leaves nothing on the stack, so frames stay as they
 * are.
 */
public final class Weaver {
    private final String calls;
    private final Handle stopCheck;

    /**
     * A weaver of classes that will link to {@code calls}, a public class with the methods of this room's {@code
     * WovenCalls}: {@code stopCheck} as bootstrap, {@code exit(int)} and {@code exit(Runtime, int)}.
     */
    public Weaver(String calls) {
        this.calls = calls.replace('.', '/');
        this.stopCheck = new Handle(
                Opcodes.H_INVOKESTATIC,
                this.calls,
                "stopCheck",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;)"
                        + "Ljava/lang/invoke/CallSite;",
                false);
    }

    /** The class with its checks. */
    public byte[] weave(byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(type, 0);
        for (MethodNode method : type.methods) {
            if (method.instructions.size() > 0) {
                weave(method);
            }
        }
        ClassWriter writer = new ClassWriter(0);
        type.accept(writer);
        return writer.toByteArray();
    }

    private void weave(MethodNode method) {
        InsnList code = method.instructions;
        Map<LabelNode, Boolean> passed = new HashMap<>();
        for (AbstractInsnNode node : code.toArray()) {
            if (node instanceof LabelNode label) {
                passed.put(label, true);
            } else if (jumpsBack(node, passed)) {
                code.insertBefore(node, stopCheck());
            } else if (node instanceof MethodInsnNode call && endsProcess(call.owner, call.name)) {
                code.set(node, replacement(call.owner));
            } else if (node instanceof InvokeDynamicInsnNode dynamic) {
                redirectHandles(dynamic);
            }
        }
        if (!method.name.equals("<clinit>")) {
            insertAtEntry(code);
        }
    }

    /** Behind the first line number, so that a check that stops has a line; before it where a loop begins at once. */
    private void insertAtEntry(InsnList code) {
        for (AbstractInsnNode node = code.getFirst(); node instanceof LabelNode || node instanceof LineNumberNode; ) {
            AbstractInsnNode next = node.getNext();
            if (node instanceof LineNumberNode && !(next instanceof FrameNode)) {
                code.insert(node, stopCheck());
                return;
            }
            node = next;
        }
        code.insert(stopCheck());
    }

    private static boolean jumpsBack(AbstractInsnNode node, Map<LabelNode, Boolean> passed) {
        if (node instanceof JumpInsnNode jump) {
            return passed.containsKey(jump.label);
        }
        if (node instanceof TableSwitchInsnNode table) {
            return passed.containsKey(table.dflt) || table.labels.stream().anyMatch(passed::containsKey);
        }
        return node instanceof LookupSwitchInsnNode lookup
                && (passed.containsKey(lookup.dflt) || lookup.labels.stream().anyMatch(passed::containsKey));
    }

    private static boolean endsProcess(String owner, String name) {
        return switch (owner) {
            case "java/lang/System" -> name.equals("exit");
            case "java/lang/Runtime" -> name.equals("exit") || name.equals("halt");
            default -> false;
        };
    }

    private MethodInsnNode replacement(String owner) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, calls, "exit", descriptor(owner), false);
    }

    private static String descriptor(String owner) {
        return owner.equals("java/lang/System") ? "(I)V" : "(Ljava/lang/Runtime;I)V";
    }

    private void redirectHandles(InvokeDynamicInsnNode dynamic) {
        for (int i = 0; i < dynamic.bsmArgs.length; i++) {
            if (dynamic.bsmArgs[i] instanceof Handle handle && endsProcess(handle.getOwner(), handle.getName())) {
                dynamic.bsmArgs[i] =
                        new Handle(Opcodes.H_INVOKESTATIC, calls, "exit", descriptor(handle.getOwner()), false);
            }
        }
    }

    private InvokeDynamicInsnNode stopCheck() {
        return new InvokeDynamicInsnNode("stopCheck", "()V", stopCheck);
    }
}
