"""사업자 진위확인: what the tax office said of a firm's number, when, and what holds while it says nothing."""
