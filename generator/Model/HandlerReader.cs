using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Reads the methods of a processor; what breaks a rule is noted and left out.</summary>
internal sealed class HandlerReader(INamedTypeSymbol processor, ProcessorDeclaration declaration, Violations violations)
{
    private readonly HeaderFacts _header = HeaderFacts.Of(declaration.In);
    private readonly List<HandlerModel> _handlers = [];
    private readonly List<string> _unresolved = [];

    public MethodModel? Opened { get; private set; }

    public MethodModel? Unhandled { get; private set; }

    public MethodModel? Closed { get; private set; }

    public EquatableArray<HandlerModel> Handlers => _handlers.OrderBy(static handler => handler.Message.Id).ToEquatableArray();

    public EquatableArray<string> Unresolved => _unresolved.ToEquatableArray();

    public void Read(IMethodSymbol method)
    {
        if (!HeaderFacts.IsUsable(declaration.In) || !HeaderFacts.IsUsable(declaration.Out))
        {
            return; // The header breaks a rule of its own, and no handler of its messages can be called.
        }

        if (method.GetAttributes().IsEmpty)
        {
            return;
        }

        bool isHandler = method.Has(Known.HandlesAttribute);
        bool isOpened = method.Has(Known.OpenedAttribute);
        bool isUnhandled = method.Has(Known.UnhandledAttribute);
        bool isClosed = method.Has(Known.ClosedAttribute);
        if ((isHandler || isOpened || isUnhandled || isClosed) && MentionsUnknownType(method))
        {
            _unresolved.Add(method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat));
            return;
        }

        if (isHandler)
        {
            ReadHandles(method);
        }

        if (isOpened)
        {
            Opened = ReadEvent(
                method,
                "[Opened]",
                "void, ValueTask, Task or an object {0}(Peer peer)",
                Opened,
                canReturnTask: true,
                canReturnState: true,
                static signature => signature.TakePeer());
        }

        if (isUnhandled)
        {
            Unhandled = ReadEvent(
                method,
                "[Unhandled]",
                $"void, ValueTask or Task {{0}}(Peer peer, [TState state,] in {HeaderName} header, ReadOnlySpan<byte> body)",
                Unhandled,
                canReturnTask: true,
                canReturnState: false,
                signature => signature.TakePeer() && (signature.TakeState() | true) && signature.TakeHeader(declaration.In) && signature.TakeBody());
        }

        if (isClosed)
        {
            Closed = ReadEvent(
                method,
                "[Closed]",
                "void, ValueTask or Task {0}(Peer peer, [TState state,] CloseReason reason)",
                Closed,
                canReturnTask: true,
                canReturnState: false,
                static signature => signature.TakePeer() && (signature.TakeState() | true) && (signature.TakeReason() | true));
        }
    }

    private MethodModel? ReadEvent(
        IMethodSymbol method,
        string attribute,
        string expected,
        MethodModel? first,
        bool canReturnTask,
        bool canReturnState,
        Func<HandlerSignature, bool> takeParameters)
    {
        var signature = new HandlerSignature(method.Parameters);
        if (ResultOf(method, canReturnTask, canReturnState) is not { } result
            || !IsCallable(method)
            || !takeParameters(signature)
            || !signature.IsAtEnd)
        {
            AddWrongSignature(method, expected);
            return first;
        }

        if (first is not null)
        {
            violations.Add(RuleIds.RepeatedEvent, method.SourceLocation(), method.Name, attribute);
            return first;
        }

        return CanBeUsed(method) ? Model(method, result, signature) : null;
    }

    private string HeaderName => declaration.In?.ShortName() ?? Known.MessageHeader;

    private void ReadHandles(IMethodSymbol method)
    {
        ITypeSymbol? reply = ReplyOf(method);
        ITypeSymbol? taken = method.Parameters.LastOrDefault()?.Type;
        string message = taken is null || taken.Is(Known.Root, Known.Peer) ? "TMessage" : taken.ShortName();

        // Nothing is sent for null.
        bool mayBeNull = reply?.NullableAnnotation == NullableAnnotation.Annotated;
        string returned = mayBeNull ? ResultWithoutNull(method, reply!) : "void, ValueTask, Task or the reply";
        string expected = $"{returned} {{0}}(Peer peer, [TState state,] [in {HeaderName} header,] {message} message)";
        var signature = new HandlerSignature(method.Parameters);
        MethodResult? result = reply is null ? ResultOf(method, canBeTask: true, canBeState: false) : mayBeNull ? null : ReplyResultOf(method);
        if (result is null || !IsCallable(method) || !signature.TakePeer())
        {
            AddWrongSignature(method, expected);
            return;
        }

        // The last parameter is the message, whatever its type; so a state or a header has another one behind it.
        if (signature.Last is null)
        {
            signature.TakeState();
        }

        if (signature.Last is null)
        {
            signature.TakeHeader(declaration.In);
        }

        if (signature.Last is not { } parameter || !signature.TakeMessage())
        {
            AddWrongSignature(method, expected);
            return;
        }

        bool canReply = reply is null || (CanReply(method, (INamedTypeSymbol)reply) && IsReplyOf(method, parameter.Type, (INamedTypeSymbol)reply));
        if (FindMessage(method, parameter.Type) is ({ } shape, MessageForm form) && canReply && CanBeUsed(method) && IsNotHandledYet(method, shape))
        {
            _handlers.Add(new HandlerModel(Model(method, result.Value, signature), shape, form));
        }
    }

    private (MessageShape? Message, MessageForm Form) FindMessage(IMethodSymbol method, ITypeSymbol type)
    {
        MessageForm form = IsReader(type) ? MessageForm.Reader : IsOwned(type) ? MessageForm.Owned : MessageForm.Value;
        ITypeSymbol message = form == MessageForm.Reader ? type.ContainingType : Taken(type);
        if (message is INamedTypeSymbol named && MessageDeclaration.Of(named) is { } bound)
        {
            // Null where nothing is generated for the message: it breaks a rule of its own.
            MessageShape? shape = MessageShapeBuilder.Build(named);
            bool isUsable = shape is not null && HeaderFacts.Of(bound.Header).CanCarry(bound) && CanBeTold(shape) && IsBound(method, named, declaration.In);
            if (form != MessageForm.Reader || shape is null or { HasReader: true })
            {
                return (isUsable ? shape : null, form);
            }
        }

        violations.Add(RuleIds.NotAMessage, method.SourceLocation(), method.Name, type.ShortName());
        return default;
    }

    // A reply for which nothing is generated breaks a rule of its own.
    private bool CanReply(IMethodSymbol method, INamedTypeSymbol reply)
        => IsBound(method, reply, declaration.Out) && MessageShapeBuilder.Build(reply) is not null;

    // What a request names as its reply is what its sender waits for; a fault it knows as well.
    private bool IsReplyOf(IMethodSymbol method, ITypeSymbol taken, INamedTypeSymbol reply)
    {
        ITypeSymbol message = IsReader(taken) ? taken.ContainingType : Taken(taken);
        if (message is not INamedTypeSymbol named
            || MessageDeclaration.Of(named)?.Reply is not { } expected
            || SymbolEqualityComparer.Default.Equals(expected, reply)
            || MessageDeclaration.Of(reply) is { IsFault: true })
        {
            return true;
        }

        string problem = $"'{method.Name}' returns it, and whoever sends the request waits for '{expected.ShortName()}'; return that, or a fault";
        violations.Add(RuleIds.ReplyMismatch, method.SourceLocation(), named.ShortName(), reply.ShortName(), problem);
        return false;
    }

    // A fault without an id is known by the fault bits of its header alone.
    private bool CanBeTold(MessageShape message) => message.HasId || _header.HasFault;

    /// <summary>Whether a message travels with a header; the compiler could only say that some interface is missing.</summary>
    private bool IsBound(IMethodSymbol method, INamedTypeSymbol message, ITypeSymbol? header)
    {
        ITypeSymbol? bound = MessageDeclaration.Of(message)?.Header;
        if (!HeaderFacts.IsUsable(bound))
        {
            return false; // The header breaks a rule of its own.
        }

        if (HeaderFacts.Of(bound).FullName == HeaderFacts.Of(header).FullName)
        {
            return true;
        }

        string its = bound?.ShortName() ?? Known.MessageHeader;
        violations.Add(RuleIds.WrongHeader, method.SourceLocation(), method.Name, message.ShortName(), its, header?.ShortName() ?? Known.MessageHeader);
        return false;
    }

    private static ITypeSymbol Taken(ITypeSymbol type) => IsOwned(type) ? ((INamedTypeSymbol)type).TypeArguments[0] : type;

    private static bool IsOwned(ITypeSymbol type) => type.OriginalDefinition.Is(Known.Root, "Owned`1");

    /// <summary>The message that a handler answers with by returning it, also within a task.</summary>
    private static ITypeSymbol? ReplyOf(IMethodSymbol method)
    {
        ITypeSymbol result = IsTaskOf(method.ReturnType, "ValueTask`1") || IsTaskOf(method.ReturnType, "Task`1")
            ? ((INamedTypeSymbol)method.ReturnType).TypeArguments[0]
            : method.ReturnType;
        return result is INamedTypeSymbol named && MessageDeclaration.Of(named) is not null ? named : null;
    }

    private static string ResultWithoutNull(IMethodSymbol method, ITypeSymbol reply)
    {
        string name = reply.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ShortName();
        return SymbolEqualityComparer.Default.Equals(method.ReturnType, reply) ? name : $"{method.ReturnType.Name}<{name}>";
    }

    private static MethodResult? ReplyResultOf(IMethodSymbol method)
        => method.ReturnsByRef || method.ReturnsByRefReadonly ? null
            : IsTaskOf(method.ReturnType, "ValueTask`1") ? MethodResult.ReplyValueTask
            : IsTaskOf(method.ReturnType, "Task`1") ? MethodResult.ReplyTask
            : MethodResult.Reply;

    private static bool IsTaskOf(ITypeSymbol type, string name) => type.OriginalDefinition.Is("System.Threading.Tasks", name);

    // Of another generator, or not there at all: which of the two, this generator cannot know.
    private static bool MentionsUnknownType(IMethodSymbol method)
        => method.Parameters
            .Select(static parameter => parameter.Type)
            .Append(method.ReturnType)
            .Any(IsUnknown);

    private static bool IsUnknown(ITypeSymbol type)
        => type.TypeKind == TypeKind.Error ? !IsReader(type) : type is INamedTypeSymbol { TypeArguments: { Length: > 0 } arguments } && arguments.Any(IsUnknown);

    // While the generator runs, a reader of this compilation does not exist: what stands for it knows its name and where it is looked for.
    private static bool IsReader(ITypeSymbol type)
        => type is INamedTypeSymbol { Name: Known.Reader, ContainingType: { } message }
            && MessageDeclaration.Of(message) is not null
            && (type.TypeKind == TypeKind.Error || type.IsGenerated());

    private bool IsNotHandledYet(IMethodSymbol method, MessageShape message)
    {
        if (_handlers.FirstOrDefault(other => KeyOf(other.Message) == KeyOf(message)) is not { } first)
        {
            return true;
        }

        violations.Add(RuleIds.HandledTwice, method.SourceLocation(), message.Name, first.Method.Name, method.Name, processor.ShortName());
        return false;
    }

    // Where the header tells replies from requests, or faults from both, the same id is another message.
    private (bool IsFault, bool IsReply, bool HasId, long Id) KeyOf(MessageShape message)
        => (_header.HasFault && message.IsFault, _header.HasReplyFlag && message.IsReply, message.HasId, message.Id);

    private bool CanBeUsed(IMethodSymbol method)
    {
        ISymbol? unusable = method.IsUnusable()
            ? method
            : method.Parameters.Select(static parameter => parameter.Type.UnusablePart()).FirstOrDefault(static part => part is not null);
        if (unusable is not null)
        {
            violations.Add(RuleIds.UnusableHandler, method.SourceLocation(), method.Name, unusable.Name);
        }

        if (method is { ReturnsVoid: true } && (method.PartialImplementationPart ?? method).IsAsync)
        {
            violations.Add(RuleIds.AsyncVoid, method.SourceLocation(), method.Name);
            return false;
        }

        return unusable is null;
    }

    private void AddWrongSignature(IMethodSymbol method, string expected)
        => violations.Add(RuleIds.HandlerSignature, method.SourceLocation(), method.Name, expected.Replace("{0}", method.Name));

    private static bool IsCallable(IMethodSymbol method) => method is { MethodKind: MethodKind.Ordinary, Arity: 0 };

    private static MethodResult? ResultOf(IMethodSymbol method, bool canBeTask, bool canBeState) => method switch
    {
        { ReturnsVoid: true } => MethodResult.None,
        { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => null,
        _ when canBeTask && method.ReturnType.Is("System.Threading.Tasks", "ValueTask") => MethodResult.ValueTask,
        _ when canBeTask && method.ReturnType.Is("System.Threading.Tasks", "Task") => MethodResult.Task,
        _ when canBeState && method.ReturnType.IsReferenceType && !method.ReturnType.Is("System.Threading.Tasks", "Task`1") => MethodResult.State,
        _ => null,
    };

    private static MethodModel Model(IMethodSymbol method, MethodResult result, HandlerSignature signature)
        => new(method.IsStatic ? method.ContainingType.FullName() : "this", Symbols.Escape(method.Name), result, signature.Arguments);
}
